//! What init says on a kernel's console, read back.

/// Everything that was heard of one kernel.
#[derive(Default)]
pub struct Heard {
    /// Release and machine, as uname has them.
    pub kernel: Option<String>,
    /// The runs that have ended, in their order.
    pub ends: Vec<End>,
    /// What init could not do.
    pub troubles: Vec<String>,
    /// Every run has ended.
    pub is_done: bool,
    /// The last line that is no mark, of a kernel that does not come so far.
    pub last: String,
    running: Option<End>,
}

/// One run.
#[derive(Default)]
pub struct End {
    /// What the tool has written to the console.
    pub output: String,
    /// `exited 0`, `killed 9`, and what arrived after it.
    pub how: String,
    /// The errno with which execve refused the tool.
    pub refused: Option<i32>,
}

impl Heard {
    /// Takes the next line of the console.
    pub fn line(&mut self, line: &str) {
        // A serial line has carriage returns.
        let line = line.trim_end_matches('\r');
        let Some(mark) = line.strip_prefix("@ ") else {
            if !line.is_empty() {
                line.clone_into(&mut self.last);
                if let Some(run) = &mut self.running {
                    run.output += line;
                    run.output.push('\n');
                }
            }
            return;
        };
        match mark.split_once(' ').unwrap_or((mark, "")) {
            ("kernel", names) => self.kernel = Some(names.to_owned()),
            ("begin", _) => self.running = Some(End::default()),
            ("refused", rest) => {
                let errno = rest
                    .strip_prefix("errno ")
                    .and_then(|errno| errno.parse().ok());
                if let Some(run) = &mut self.running {
                    run.refused = errno;
                }
            }
            ("end", rest) => {
                let (number, how) = rest.split_once(' ').unwrap_or((rest, ""));
                match self.running.take() {
                    Some(run) if number == self.ends.len().to_string() => {
                        let how = how.to_owned();
                        self.ends.push(End { how, ..run });
                    }
                    _ => self.troubles.push(format!("a mark out of order: {line}")),
                }
            }
            ("done", _) => self.is_done = true,
            _ => self.troubles.push(mark.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str) -> Heard {
        let mut heard = Heard::default();
        text.lines().for_each(|line| heard.line(line));
        heard
    }

    const WHOLE: &str = "noise of the kernel\r\n\r\n@ kernel 6.1.0 i686\r\n\r\n@ begin 0\r\n\
                         TAP version 13\r\n  ---\r\nunfinished\r\n@ end 0 exited 1\r\n\r\n\
                         @ begin 1\r\n\r\n@ refused errno 8\r\n\r\n\
                         @ end 1 exited 127 ends at byte 0\r\n@ done\r\n";

    #[test]
    fn each_run_has_its_output_and_its_end() {
        let heard = heard(WHOLE);
        assert_eq!(heard.kernel.as_deref(), Some("6.1.0 i686"));
        assert!(heard.is_done && heard.troubles.is_empty());
        assert_eq!(heard.ends[0].output, "TAP version 13\n  ---\nunfinished\n");
        assert_eq!(heard.ends[0].how, "exited 1");
        assert_eq!(heard.ends[1].refused, Some(8));
    }

    #[test]
    fn a_cut_console_has_fewer_ends() {
        let (cut, _) = WHOLE.split_once("@ end 1").unwrap();
        let heard = heard(cut);
        assert!(!heard.is_done);
        assert_eq!(heard.ends.len(), 1);
    }

    #[test]
    fn what_init_cannot_do_and_marks_out_of_order_are_troubles() {
        let heard = heard("@ failed mounting /proc, errno 19\n@ end 3 exited 0\n");
        assert_eq!(heard.troubles.len(), 2, "{:?}", heard.troubles);
    }
}
