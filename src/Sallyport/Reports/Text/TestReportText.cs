using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Policies;

namespace Sallyport.Reports.Text;

/// <summary>Results of tests for people: a line a test, under it the packet that breaks it with the rules behind it, or the gap that decides.</summary>
public static class TestReportText
{
    /// <summary>Writes every result, then the counts; nothing at all for a file without tests.</summary>
    public static void Write(TestReport report, TextWriter output)
    {
        if (report.Results.IsEmpty) return;
        var width = report.Results.Max(r => r.Test.Id.Length);
        foreach (var result in report.Results) Write(result, width, output);
        output.Write($"tests: {report.Count(TestOutcome.Pass)} pass, {report.Count(TestOutcome.Fail)} fail, {report.Count(TestOutcome.Unknown)} unknown\n");
    }

    /// <summary>The word of an outcome: <c>pass</c>, <c>fail</c>, <c>unknown</c>.</summary>
    public static string Word(TestOutcome outcome) => outcome switch
    {
        TestOutcome.Pass => "pass",
        TestOutcome.Fail => "fail",
        TestOutcome.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static void Write(TestResult result, int width, TextWriter output)
    {
        Line(output, $"{Word(result.Outcome),-7}  {result.Test.Id.PadRight(width)}  {result.Test.Claim}");
        foreach (var failure in result.Failures) Write(failure, output);
        foreach (var gap in result.Gaps) Line(output, $"    open: {gap}");
    }

    private static void Write(TestFailure failure, TextWriter output)
    {
        Line(output, $"    {failure.Sentence}");
        foreach (var rule in failure.Egress) Line(output, $"      out by {RuleOf(rule)}");
        foreach (var rule in failure.Ingress) Line(output, $"      in by {RuleOf(rule)}");
        foreach (var missing in failure.Missing) Line(output, $"      missing: {missing.Group} {(missing.Direction == Direction.Egress ? $"egress {missing.Services} to" : $"ingress {missing.Services} from")} {missing.Peer}");
        foreach (var note in failure.Notes) Line(output, $"      {note}");
    }

    private static string RuleOf(DecidingRule rule)
    {
        var name = rule.Group.Name.Length > 0 ? $" ({rule.Group.Name})" : string.Empty;
        return $"{rule.Group.Id}{name} {rule.Rule.Key}{(rule.Rule.Id is { } id ? $" ({id})" : string.Empty)}";
    }

    private static void Line(TextWriter output, string text) => output.Write(TerminalText.Line(text) + "\n");
}
