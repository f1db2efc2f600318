namespace Sallyport.Lab.Wire;

/// <summary>Refusals about groups, rules and what they refer to.</summary>
internal static partial class Refusals
{
    public static Refusal GroupNotFound(string group) => Client("InvalidGroup.NotFound", $"The security group '{group}' does not exist");

    public static Refusal DifferentNetworks() =>
        Client("InvalidGroup.NotFound", "You have specified two resources that belong to different networks.");

    public static Refusal MalformedGroupId(string id) => Client("InvalidGroupId.Malformed", $"Invalid id: \"{id}\" (expecting \"sg-...\")");

    public static Refusal MalformedGroupIdInFilter(string id) =>
        Client("InvalidGroupId.Malformed", $"The security group ID '{id}' is malformed");

    public static Refusal GroupByNameInVpc(string name) => InvalidValue(
        $"Invalid value '{name}' for groupName. You may not reference Amazon VPC security groups by name. Please use the corresponding id for this operation.");

    public static Refusal MissingGroup() => Client("MissingParameter", "The request must contain the parameter groupName or groupId");

    public static Refusal GroupIdAndName() =>
        InvalidCombination("The parameter groupName cannot be used with the parameter groupId");

    public static Refusal GroupDuplicate(string name, string vpc) =>
        Client("InvalidGroup.Duplicate", $"The security group '{name}' already exists for VPC '{vpc}'");

    public static Refusal GroupReserved() => Client("InvalidGroup.Reserved", "The security group name 'default' is reserved");

    public static Refusal GroupLimit() =>
        Client("SecurityGroupLimitExceeded", "The maximum number of security groups has been reached.");

    public static Refusal BadGroupText(string parameter) => InvalidValue(
        $"Value for parameter {parameter} is invalid. It must have at most 255 characters from a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{{}}!$*");

    public static Refusal GroupNameLikeId(string name) =>
        InvalidValue($"Value ({name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.");

    public static Refusal DefaultGroupNotDeletable(string id) =>
        Client("CannotDelete", $"the specified group: \"{id}\" name: \"default\" cannot be deleted by a user");

    public static Refusal DependencyViolation(string id) => Client("DependencyViolation", $"resource {id} has a dependent object");

    public static Refusal AssociationNotFound(string group, string vpc) => Client(
        "InvalidSecurityGroupVpcAssociation.NotFound",
        $"The security group '{group}' is not associated with VPC '{vpc}'");

    public static Refusal VpcNotSpecified() => Client("VPCIdNotSpecified", "No default VPC for this user");

    public static Refusal RuleDuplicate(string rule) =>
        Client("InvalidPermission.Duplicate", $"the specified rule \"{rule}\" already exists");

    public static Refusal SamePermissionTwice() => InvalidValue("The same permission must not appear multiple times");

    public static Refusal RuleLimit() => Client(
        "RulesPerSecurityGroupLimitExceeded",
        "The maximum number of rules per security group has been reached.");

    public static Refusal RuleNotFound() =>
        Client("InvalidPermission.NotFound", "The specified rule does not exist in this security group");

    public static Refusal RuleIdNotFound(string id) =>
        Client("InvalidSecurityGroupRuleId.NotFound", $"The security group rule ID '{id}' does not exist");

    public static Refusal RuleIdMalformed(string id) =>
        Client("InvalidSecurityGroupRuleId.Malformed", $"The security group rule ID '{id}' is malformed");

    public static Refusal NullProtocol() => InvalidValue(
        "Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly.");

    public static Refusal UnknownProtocol(string protocol) => InvalidValue($"Invalid value '{protocol}' for IP protocol. Unknown protocol.");

    public static Refusal PortsMissing(string protocols) =>
        InvalidValue($"Invalid value for portRange. Must specify both from and to ports with {protocols}.");

    public static Refusal OutOfRange(string what, int number) => InvalidValue($"{what} ({number}) out of range");

    public static Refusal PortsUpsideDown(int from, int to) => InvalidValue($"Invalid TCP/UDP port range ({from}:{to})");

    public static Refusal CodeWithoutType(int code) => InvalidValue($"ICMP code ({code}) needs a type: type -1 goes with code -1 only");

    public static Refusal MalformedCidr(string text) => InvalidValue($"CIDR block {text} is malformed");

    public static Refusal NoPeer() => InvalidValue(
        "Invalid permission: it must specify at least one of groups, ipRanges, ipv6Ranges or prefixListIds.");

    public static Refusal BadRuleDescription() => InvalidValue(
        "Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");

    public static Refusal ExactlyOnePeer() => Client(
        "MissingParameter",
        "The request must contain exactly one of: cidrIp, cidrIpv6, prefixListId, or referencedGroupId");

    public static Refusal OnlyOnePeer() => InvalidCombination(
        "Only one of cidrIp, cidrIpv6, prefixListId, or referencedGroupId can be specified");

    public static Refusal PeerKindChanged(string rule, string newKind, string oldKind) => InvalidValue(
        $"Invalid rule type for security group rule '{rule}'. You may not specify {newKind} for an existing {oldKind} rule.");

    public static Refusal FlatEgress(string parameter) =>
        InvalidCombination($"The parameter {parameter} is not supported for egress rules. Use IpPermissions.");

    public static Refusal FlatAndPermissions() =>
        InvalidCombination("The parameter ipPermissions cannot be combined with ipProtocol, fromPort, toPort, cidrIp or a source group");

    public static Refusal FlatIcmpV6() => InvalidValue("Invalid value 'icmpv6' for IP protocol. Use IpPermissions for ICMPv6.");

    public static Refusal RuleIdsAndPermissions() =>
        InvalidCombination("The parameter securityGroupRuleIds cannot be combined with rule properties");

    public static Refusal MissingPermissions() => Client("MissingParameter", "The request must contain the parameter ipPermissions");
}
