using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-06: the groups of an interface have very many rules.</summary>
internal sealed class TooManyRulesOnInterface : AuditRule
{
    public override string Code => "SP-USE-06";

    public override string Title => "Too many rules on an instance";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.Info;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.InterfaceRulesMost];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces];

    public override bool IsOnByDefault => false;

    public override RuleGuide Guide => new(
        What: "The groups of one interface have more than interface.rules.max rules together, both directions.",
        Why: "What protects the instance can no longer be read.",
        Fix: "Take groups off that it does not need, and merge rules.",
        Fires: "set interface.rules.max 1\ngroup a\n  ingress tcp/443 from 10.0.0.0/24\ngroup b\n  ingress tcp/80 from 10.0.0.0/24\ninterface eni-1 a,b 10.1.0.5",
        Quiet: "set interface.rules.max 1\ngroup a\n  ingress tcp/443 from 10.0.0.0/24\ngroup b\n  ingress tcp/80 from 10.0.0.0/24\ninterface eni-1 a 10.1.0.5\ninterface eni-2 b 10.1.0.6");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        UnreadInterfaces.Doubt(this, context, sink);
        var most = context.Parameters.Get(AuditParameters.InterfaceRulesMost);
        foreach (var set in context.Strategy.Sets)
        {
            var count = 0;
            SecurityGroupId? missing = null;
            foreach (var id in set.Groups)
            {
                if (context.Estate.Index.Groups.TryGetValue(id, out var group)) count += group.Rules.Length + group.Malformed.Length;
                else missing ??= id;
            }

            foreach (var nic in count > most || missing is not null ? set.Interfaces : [])
            {
                if (count > most) sink.Report(this, FindingResource.Of(nic), $"The groups of {nic.Id} have {count} rules together, more than {most}.");
                else sink.Doubt(this, FindingResource.Of(nic), [$"group {missing} is not in the estate"]);
            }
        }
    }
}
