using Microsoft.AspNetCore.Http;

namespace Sallyport.Lab.Wire;

/// <summary>Refusals about VPCs, interfaces, prefix lists, peerings and tags.</summary>
internal static partial class Refusals
{
    public static Refusal NotFound(string code, string what, string id) => Client(code, $"The {what} ID '{id}' does not exist");

    public static Refusal Malformed(string code, string id, string prefix) => Client(code, $"Invalid id: \"{id}\" (expecting \"{prefix}...\")");

    public static Refusal VpcNotFound(string id) => Client("InvalidVpcID.NotFound", $"The vpc ID '{id}' does not exist");

    public static Refusal PrefixListNotFound(string id) =>
        Client("InvalidPrefixListID.NotFound", $"The prefix list ID '{id}' does not exist");

    public static Refusal PrefixListMalformed(string id) => Client("InvalidPrefixListId.Malformed", $"Invalid id: \"{id}\" (expecting \"pl-...\")");

    public static Refusal PrefixListVersionMismatch(long current) => Client(
        "PrefixListVersionMismatch",
        $"The prefix list has the incorrect version number. The current version is {current}.");

    public static Refusal PrefixListFull(int maxEntries) => Client(
        "PrefixListMaxEntriesExceeded",
        $"You've reached the maximum number of entries for the prefix list ({maxEntries}).");

    public static Refusal PrefixListLimit() =>
        Client("PrefixListLimitExceeded", "The maximum number of prefix lists has been reached.");

    public static Refusal AddressNotFound(string address) => Client("InvalidAddress.NotFound", $"Address '{address}' not found.");

    public static Refusal AllocationNotFound(string id) => Client("InvalidAllocationID.NotFound", $"The allocation ID '{id}' does not exist");

    public static Refusal IncorrectState(string message) => Client("IncorrectState", message);

    public static Refusal DefaultVpcExists() =>
        Client("DefaultVpcAlreadyExists", "A Default VPC already exists for this account in this region.");

    public static Refusal VpcInUse(string id) => Client("DependencyViolation", $"The vpc '{id}' has dependencies and cannot be deleted.");

    public static Refusal VpcRange() => Client("InvalidVpc.Range", "The CIDR block of a VPC must be between /16 and /28.");

    public static Refusal SubnetRange(string cidr) => Client("InvalidSubnet.Range", $"The CIDR '{cidr}' is invalid.");

    public static Refusal SubnetConflict(string cidr) =>
        Client("InvalidSubnet.Conflict", $"The CIDR '{cidr}' conflicts with another subnet");

    public static Refusal AddressTaken(string address) =>
        Client("InvalidIPAddress.InUse", $"The specified address is already in use: {address}");

    public static Refusal AddressOutside(string address) =>
        InvalidValue($"The address {address} is not within the range of the specified subnet.");

    public static Refusal NoFreeAddress(string subnet) => Client(
        "InsufficientFreeAddressesInSubnet",
        $"The specified subnet '{subnet}' does not have enough free addresses to satisfy the request.");

    public static Refusal InterfaceInUse(string id) =>
        InvalidValue($"Network interface '{id}' is currently in use.");

    public static Refusal RequesterManaged(string id) => new(
        StatusCodes.Status400BadRequest,
        "OperationNotPermitted",
        $"You do not have permission to modify the network interface '{id}': it is managed by a service.");

    public static Refusal GroupsPerInterface(int limit) => Client(
        "SecurityGroupsPerInterfaceLimitExceeded",
        $"The maximum number of security groups per interface ({limit}) has been reached.");

    public static Refusal OneAttribute() =>
        InvalidCombination("Exactly one attribute can be modified in a call");

    public static Refusal PeeringExists(string id) => Client("VpcPeeringConnectionAlreadyExists", $"The VPC peering connection {id} already exists.");

    public static Refusal PeeringState(string id, string state) =>
        Client("InvalidStateTransition", $"Invalid state transition for {id}, attempted to transition from {state}.");

    public static Refusal PeeringToItself() =>
        Client("InvalidParameterValue", "A VPC cannot be peered with itself.");

    public static Refusal TagLimit(string resource) =>
        Client("TagLimitExceeded", $"The maximum number of Tags for a resource has been reached: {resource}.");

    public static Refusal ReservedTag() =>
        InvalidValue("Tag keys starting with 'aws:' are reserved for internal use");

    public static Refusal BadTag(string problem) => InvalidValue(problem);

    public static Refusal TagResourceType(string type) =>
        InvalidValue($"'{type}' is not a valid taggable resource type for this operation.");

    public static Refusal AccessDenied(string message) => new(StatusCodes.Status403Forbidden, "AccessDenied", message);

    public static Refusal ValidationError(string message) => Client("ValidationError", message);
}
