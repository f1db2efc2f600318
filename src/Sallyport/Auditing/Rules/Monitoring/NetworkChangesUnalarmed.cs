using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;

namespace Sallyport.Auditing.Rules.Monitoring;

/// <summary>SP-MON-02: changes of network ACLs, VPCs, routes or gateways raise no alarm.</summary>
internal sealed class NetworkChangesUnalarmed : UnalarmedChanges
{
    public override string Code => "SP-MON-02";

    public override string Title => "NACL, VPC, route and gateway changes not alarmed";

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<Control> Controls => ControlBundles.NetworkChanges;

    public override RuleGuide Guide => new(
        What: "As SP-MON-01, for the calls that change network ACLs, VPCs and peerings, route tables and gateways.",
        Why: "A route or a gateway opens a network as surely as a rule does.",
        Fix: "Create an EventBridge rule for these calls, or metric filters with alarms.",
        Fires: "group web\nmonitored",
        Quiet: "group web\nmonitored\neventrule network {\"source\":[\"aws.ec2\"],\"detail-type\":[\"AWS API Call via CloudTrail\"],\"detail\":{\"readOnly\":[false]}}");

    protected override ImmutableArray<string> Calls =>
    [
        "AcceptVpcPeeringConnection", "AttachInternetGateway", "CreateCustomerGateway", "CreateInternetGateway", "CreateNetworkAcl", "CreateNetworkAclEntry",
        "CreateRoute", "CreateRouteTable", "CreateVpc", "CreateVpcPeeringConnection", "DeleteCustomerGateway", "DeleteInternetGateway", "DeleteNetworkAcl",
        "DeleteNetworkAclEntry", "DeleteRoute", "DeleteRouteTable", "DeleteVpc", "DeleteVpcPeeringConnection", "DetachInternetGateway", "DisassociateRouteTable",
        "ModifyVpcAttribute", "RejectVpcPeeringConnection", "ReplaceNetworkAclAssociation", "ReplaceNetworkAclEntry", "ReplaceRoute", "ReplaceRouteTableAssociation",
    ];
}
