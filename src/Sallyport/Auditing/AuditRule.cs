using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>
/// One check. A rule is pure: facts about one group (or the estate) in, findings and unknown verdicts out. Its name states
/// the defect. A new rule is one file under <c>Rules/</c> and one line in <see cref="RuleCatalogue"/>.
/// </summary>
public abstract class AuditRule
{
    private protected AuditRule()
    {
    }

    /// <summary>Stable id, such as <c>SP-EGR-01</c>; never reused.</summary>
    public abstract string Code { get; }

    /// <summary>The defect in a few words, no full stop.</summary>
    public abstract string Title { get; }

    /// <summary>Section of the catalogue.</summary>
    public abstract RuleFamily Family { get; }

    /// <summary>Severity when nothing makes a finding better or worse.</summary>
    public abstract FindingSeverity Severity { get; }

    /// <summary>The rule in words.</summary>
    public abstract RuleGuide Guide { get; }

    /// <summary>Parameters that change its condition.</summary>
    public virtual ImmutableArray<AuditParameter> Parameters => [];

    /// <summary>Names other tools have for the same condition.</summary>
    public virtual ImmutableArray<string> Aliases => [];

    /// <summary>Checks of other tools that object to the same thing or to a part of it, in words.</summary>
    public ImmutableArray<string> Peers => PeerChecks.Of(Code);

    /// <summary>Clauses of compliance frameworks that the rule serves.</summary>
    public virtual ImmutableArray<Control> Controls => [];

    /// <summary>
    /// Code of the row of the catalogue that stands for a family of rules which this one belongs to; null for a rule of its own.
    /// Such a row finds nothing by itself: to name it is to name its rules (<see cref="RuleBook.ByRule"/>).
    /// </summary>
    public virtual string? PartOf => null;

    /// <summary>What it reads.</summary>
    public virtual ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate];

    /// <summary>False for a rule that runs only when somebody names it.</summary>
    public virtual bool IsOnByDefault => true;

    /// <summary>False for a rule of the catalogue whose evaluator needs what this version cannot read (<see cref="AuditNeeds.Unmet"/>).</summary>
    public bool IsImplemented => !Needs.Any(n => AuditNeeds.Unmet.Contains(n));

    /// <summary>
    /// Null when the run holds what the rule needs beside an estate; else one clause that says what nobody gave. The rule then
    /// is not run but listed. A rule that needs <see cref="AuditNeed.Configuration"/> overrides this.
    /// </summary>
    internal virtual string? WhyNotAssessed(AuditContext context)
    {
        foreach (var need in Needs)
        {
            switch (need)
            {
                case AuditNeed.FlowLogs: return "needs flow logs";
                case AuditNeed.Events: return "needs event history";
                case AuditNeed.Code when context.Code is null: return "needs infrastructure code";
                case AuditNeed.Connections when context.Connections is null: return "needs a connections file";
            }
        }

        return null;
    }

    /// <summary>True when a rule that was not read could make it fire: silence then is unknown, never a pass.</summary>
    internal virtual bool JudgesRulesOf(SecurityGroup group) => Family is RuleFamily.Ingress or RuleFamily.Port or RuleFamily.Egress;

    /// <summary>
    /// Works out what the rule asks of the whole estate, so that threads that judge groups need not wait for each other. What it
    /// leaves out is worked out on first use.
    /// </summary>
    internal virtual void Prepare(AuditContext context)
    {
    }

    /// <summary>
    /// True when the rule's part for the whole estate takes seconds on a large one: it begins before the others, so that it is not what
    /// everything waits for in the end.
    /// </summary>
    internal virtual bool BeginsEarly => false;

    /// <summary>Judges one group.</summary>
    internal virtual void Check(GroupFacts group, AuditSink sink)
    {
    }

    /// <summary>Judges what concerns no single group.</summary>
    internal virtual void CheckEstate(AuditContext context, AuditSink sink)
    {
    }
}
