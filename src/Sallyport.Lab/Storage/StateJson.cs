using System.Text.Json.Serialization;

namespace Sallyport.Lab.Storage;

/// <summary>The state file's JSON: strict both ways, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    Converters =
    [
        typeof(StateTexts.OfScope), typeof(StateTexts.OfGroupId), typeof(StateTexts.OfRuleId), typeof(StateTexts.OfInterfaceId), typeof(StateTexts.OfVpcId),
        typeof(StateTexts.OfSubnetId), typeof(StateTexts.OfPrefixListId), typeof(StateTexts.OfPeeringId), typeof(StateTexts.OfCidr),
        typeof(StateTexts.OfAddress), typeof(StateTexts.OfService), typeof(TagsJson), typeof(PeerJson), typeof(PrefixListEntryJson), typeof(NetworkAclEntryJson),
        typeof(AddressPairJson),
    ])]
[JsonSerializable(typeof(StateDocument))]
internal sealed partial class StateJson : JsonSerializerContext;
