using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>What a finding is about.</summary>
/// <param name="Type">CloudFormation's type name: <c>AWS::EC2::SecurityGroup</c>; <c>AWS::::Account</c> for a whole scope.</param>
/// <param name="Id">The id, or the symbolic id of a group that only code knows.</param>
/// <param name="Name">Untrusted text; empty when there is none.</param>
/// <param name="Scope">Account and Region; unknown parts are empty.</param>
/// <param name="Vpc">Null when unknown or without meaning.</param>
public sealed record FindingResource(string Type, string Id, string Name, Scope Scope, VpcId? Vpc)
{
    /// <summary>The type of a security group.</summary>
    public const string SecurityGroupType = "AWS::EC2::SecurityGroup";

    /// <summary>The type of a whole account and Region.</summary>
    public const string AccountType = "AWS::::Account";

    /// <summary>A group as the subject of a finding.</summary>
    public static FindingResource Of(SecurityGroup group) => new(SecurityGroupType, group.Id.Value, group.Name, group.Scope, group.Vpc);

    /// <summary>A VPC.</summary>
    public static FindingResource Of(Vpc vpc) => new("AWS::EC2::VPC", vpc.Id.Value, NameOf(vpc.Tags), vpc.Scope, vpc.Id);

    /// <summary>A subnet.</summary>
    public static FindingResource Of(Subnet subnet) => new("AWS::EC2::Subnet", subnet.Id.Value, NameOf(subnet.Tags), subnet.Scope, subnet.Vpc);

    /// <summary>A network ACL.</summary>
    public static FindingResource Of(NetworkAcl acl) => new("AWS::EC2::NetworkAcl", acl.Id, NameOf(acl.Tags), acl.Scope, acl.Vpc);

    /// <summary>An interface.</summary>
    public static FindingResource Of(NetworkInterface nic) => new("AWS::EC2::NetworkInterface", nic.Id.Value, NameOf(nic.Tags), nic.Scope, nic.Vpc);

    /// <summary>A prefix list.</summary>
    public static FindingResource Of(PrefixList list) => new("AWS::EC2::PrefixList", list.Id.Value, list.Name, list.Scope, Vpc: null);

    /// <summary>A peering, as its requester sees it.</summary>
    public static FindingResource Of(Peering peering) =>
        new("AWS::EC2::VPCPeeringConnection", peering.Id.Value, NameOf(peering.Tags), peering.Requester.Scope, peering.Requester.Vpc);

    /// <summary>A route table.</summary>
    public static FindingResource Of(RouteTable table) => new("AWS::EC2::RouteTable", table.Id, NameOf(table.Tags), table.Scope, table.Vpc);

    /// <summary>A whole account and Region.</summary>
    public static FindingResource Of(Scope scope) => new(AccountType, scope.Account, string.Empty, scope, Vpc: null);

    /// <summary>True for a security group.</summary>
    public bool IsGroup => Type == SecurityGroupType;

    private static string NameOf(Tags tags) => tags["Name"] ?? string.Empty;
}
