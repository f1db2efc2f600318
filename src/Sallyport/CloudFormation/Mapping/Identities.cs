using System.Buffers;
using Sallyport.CloudFormation.Values;
using Sallyport.Estates;
using Sallyport.Estates.Files;

namespace Sallyport.CloudFormation.Mapping;

/// <summary>Ids of what a template names: as AWS gave them where they are written out, else symbolic.</summary>
internal sealed class Identities(EstateFile file)
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly Dictionary<string, TemplateResource> _groupsByName = new(StringComparer.Ordinal);
    private readonly HashSet<TemplateResource> _defaultGroups = [];

    /// <summary>VPCs of the code whose default group is named somewhere.</summary>
    public IEnumerable<TemplateResource> DefaultGroups => _defaultGroups;

    /// <summary>Makes a group known by the name it will have.</summary>
    public void AddName(string name, TemplateResource group) => _groupsByName.TryAdd(name, group);

    /// <summary>The id of a resource of the code.</summary>
    public string Of(TemplateResource resource) => file.SymbolOf(resource.Address);

    /// <summary>The id of the default group of a VPC of the code.</summary>
    public SecurityGroupId DefaultGroupOf(TemplateResource vpc) => new(file.SymbolOf($"{vpc.Address}.DefaultSecurityGroup"));

    /// <summary>The id a value stands for; null when it stands for none or for several.</summary>
    public string? Of(TemplateValue value) => value switch
    {
        TextValue { Text: { Length: > 0 } text } => text,
        ReferenceValue reference => file.SymbolOf(reference.Address),
        OutsideValue { IsList: false } outside => outside.IsGlobal ? outside.Symbol : file.SymbolOf(outside.Symbol),
        _ => null,
    };

    /// <summary>The group a value stands for, by id or, as some properties take it, by name.</summary>
    public SecurityGroupId? GroupOf(TemplateValue value)
    {
        switch (value)
        {
            case TextValue { Text: { Length: > 0 } text } when !IsGroupId(text):
                return new(_groupsByName.TryGetValue(text, out var named) ? Of(named) : file.SymbolOf($"GroupName:{text}"));
            case ReferenceValue { Resource.Type: "AWS::EC2::VPC", Attribute: "DefaultSecurityGroup" } reference:
                _defaultGroups.Add(reference.Resource);
                return DefaultGroupOf(reference.Resource);
            default:
                return Of(value) is { } id ? new(id) : null;
        }
    }

    public VpcId? VpcOf(TemplateValue value) => Of(value) is { } id ? new(id) : null;

    public SubnetId? SubnetOf(TemplateValue value) => Of(value) is { } id ? new(id) : null;

    /// <summary>The id of a gateway, peering or endpoint: routes tell the kind of a target by its prefix, so a symbolic one gets it too.</summary>
    public string? TargetOf(TemplateValue value, string prefix) =>
        Of(value) is not { } id ? null : id.StartsWith(prefix, StringComparison.Ordinal) ? id : prefix + id;

    /// <summary>The id under which a gateway, peering or endpoint of the code is added.</summary>
    public string TargetOf(TemplateResource resource, string prefix) => prefix + Of(resource);

    private static bool IsGroupId(string text) =>
        text.StartsWith("sg-", StringComparison.Ordinal) && text.AsSpan(3).IndexOfAnyExcept(HexDigits) < 0;
}
