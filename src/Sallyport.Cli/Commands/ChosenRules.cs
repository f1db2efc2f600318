using Sallyport.Auditing;
using Sallyport.Diagnostics;

namespace Sallyport.Cli.Commands;

/// <summary>The rules that <c>--rule</c> names, by code or alias.</summary>
internal static class ChosenRules
{
    /// <summary>Codes of those that exist, and a diagnostic for each that does not.</summary>
    public static (List<string> Chosen, List<Diagnostic> Unknown) Of(string[] ids)
    {
        var chosen = new List<string>();
        var unknown = new List<Diagnostic>();
        foreach (var id in ids)
        {
            if (RuleCatalogue.Find(id) is { } rule) chosen.Add(rule.Code);
            else unknown.Add(CommandLineDiagnostics.UnknownRule(id, NearestName.Find(id, RuleCatalogue.All.Select(r => r.Code))));
        }

        return (chosen, unknown);
    }
}
