using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>
/// SP-ING-07: the name under which the whole table of service ports is chosen or left out. It finds nothing by itself: each row of
/// the table is a rule of its own.
/// </summary>
internal sealed class RiskyServicePort : AuditRule
{
    /// <summary>Its code, which the rows name.</summary>
    public const string Id = "SP-ING-07";

    public override string Code => Id;

    public override string Title => "Risky service port from the world";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<Control> Controls => ControlBundles.RiskyPorts;

    public override RuleGuide Guide => new(
        What: "The whole world may reach a port of the table of service ports, SP-PRT-01 to SP-PRT-39. Findings carry the ids of the table's rows, and their severities; choosing SP-ING-07 chooses all of them.",
        Why: "Services that were made for trusted networks are found and tried within hours of being public.",
        Fix: "Close the port, or narrow it to the blocks, groups or prefix lists that need it.",
        Fires: "group web\n  ingress tcp/6379 from 0.0.0.0/0",
        Quiet: "group web\n  ingress tcp/6379 from 10.1.0.0/16");

    // Its rows do.
    internal override bool JudgesRulesOf(SecurityGroup group) => false;
}
