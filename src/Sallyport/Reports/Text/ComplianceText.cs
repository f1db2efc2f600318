using Sallyport.Auditing.Compliance;

namespace Sallyport.Reports.Text;

/// <summary>A framework, a line a clause.</summary>
internal static class ComplianceText
{
    /// <summary>The word of a state, as every format writes it.</summary>
    public static string Word(ControlState state) => state switch
    {
        ControlState.Pass => "pass",
        ControlState.Fail => "fail",
        ControlState.Unknown => "unknown",
        _ => "not-assessed",
    };

    /// <summary>What the framework is called, with its version.</summary>
    public static string Heading(Framework framework) =>
        $"{framework.Title}{(framework.Version.Length > 0 ? $" {framework.Version}" : string.Empty)} ({framework.Name})";

    /// <summary>How many clauses are in each state.</summary>
    public static string Counts(FrameworkReport report) => string.Join(
        ", ", new[] { ControlState.Pass, ControlState.Fail, ControlState.Unknown, ControlState.NotAssessed }.Select(s => $"{report.Count(s)} {Word(s)}"));

    /// <summary>What a reader must know of the mapping.</summary>
    public static string About(FrameworkReport report)
    {
        var sources = report.Controls.SelectMany(c => c.Rules).Where(r => !r.IsOurs).Select(r => r.Source).Distinct().Order(StringComparer.Ordinal).ToList();
        var text = sources.Count > 0 ? $"Mapped by {string.Join(", ", sources)}." : "Nobody publishes this mapping.";
        if (report.Controls.SelectMany(c => c.Rules).Any(r => r.IsOurs)) text += " What is marked * only Sallyport maps.";
        if (report.Framework.Note.Length > 0) text += $" {report.Framework.Note}";
        return text + " Clauses that no rule serves are not listed.";
    }

    /// <summary>Writes the table, the counts and whose mapping it is.</summary>
    public static void Write(FrameworkReport report, ReportOptions options, TextWriter writer)
    {
        writer.Write('\n');
        writer.WriteLine(TextColour.Bold($"COMPLIANCE {TerminalText.Line(Heading(report.Framework))}", options.UseColour));
        var table = new TextTable("CLAUSE", "STATE", "FINDINGS", "RULES", "NOTE");
        foreach (var control in report.Controls)
        {
            table.Add(control.Id, Word(control.State).ToUpperInvariant(), control.Findings == 0 ? "" : $"{control.Findings}", RulesOf(control), control.Note);
        }

        table.Write(writer, indent: 2);
        writer.WriteLine($"  {Counts(report)}. {TerminalText.Line(About(report))}");
    }

    /// <summary>The rules that decide: those that fail or are unknown, else all.</summary>
    private static string RulesOf(ControlResult control)
    {
        const int Most = 4;
        var deciding = control.Rules.Where(r => r.State == control.State).ToList();
        var named = deciding.Take(Most).Select(r => r.IsOurs ? r.Code + "*" : r.Code);
        return string.Join(", ", named) + (deciding.Count > Most ? $" and {deciding.Count - Most} more" : "");
    }
}
