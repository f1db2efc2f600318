using System.Collections.Immutable;

namespace Sallyport.Auditing.Compliance;

/// <summary>One clause of a framework, judged.</summary>
/// <param name="Id">The clause as the framework numbers it.</param>
/// <param name="State">Fail when one rule fails, else unknown when one is unknown, else pass when one passes, else not assessed.</param>
/// <param name="Rules">The rules that serve it, by id.</param>
/// <param name="Note">What a pass hides: waived findings, rules that did not run, parts that were not read; empty otherwise.</param>
public sealed record ControlResult(string Id, ControlState State, ImmutableArray<ControlRule> Rules, string Note)
{
    /// <summary>Findings that nobody waived, over all its rules.</summary>
    public int Findings => Rules.Sum(r => r.Findings);

    /// <summary>Findings that are waived, over all its rules.</summary>
    public int Waived => Rules.Sum(r => r.Waived);

    /// <summary>Verdicts that could not be given, over all its rules.</summary>
    public int Unknown => Rules.Sum(r => r.Unknown);

    /// <summary>True when only our own proposal maps rules to it.</summary>
    public bool IsOurs => Rules.All(r => r.IsOurs);
}
