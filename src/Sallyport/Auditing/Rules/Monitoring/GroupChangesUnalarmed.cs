using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;

namespace Sallyport.Auditing.Rules.Monitoring;

/// <summary>SP-MON-01: changes of security groups raise no alarm.</summary>
internal sealed class GroupChangesUnalarmed : UnalarmedChanges
{
    public override string Code => "SP-MON-01";

    public override string Title => "Security group changes not alarmed";

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.GroupChanges;

    public override RuleGuide Guide => new(
        What: "In an account and Region some of the calls that change security groups or their rules are neither counted by a metric filter that has an alarm with an action, nor taken by an enabled EventBridge rule of that Region (whose targets are not read). ModifySecurityGroupRules counts, which the usual filters leave out. Unknown until metric filters, alarms and event rules were all read.",
        Why: "A group that somebody opens is found by whoever scans for it, and by you only if something tells you.",
        Fix: "Create an EventBridge rule for these calls, or a metric filter on the trail's log group with an alarm.",
        Fires: "group web\nmonitored\neventrule sg-changes {\"source\":[\"aws.ec2\"],\"detail\":{\"eventName\":[\"DeleteSecurityGroup\"]}}",
        Quiet: "group web\nmonitored\neventrule sg-changes {\"source\":[\"aws.ec2\"],\"detail\":{\"eventName\":[{\"prefix\":\"Authorize\"},{\"prefix\":\"Revoke\"},{\"suffix\":\"SecurityGroup\"},\"ModifySecurityGroupRules\"]}}");

    protected override ImmutableArray<string> Calls =>
    [
        "AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "CreateSecurityGroup", "DeleteSecurityGroup", "ModifySecurityGroupRules",
        "RevokeSecurityGroupEgress", "RevokeSecurityGroupIngress",
    ];
}
