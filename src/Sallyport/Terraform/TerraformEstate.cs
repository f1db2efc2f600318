using System.Collections.Immutable;
using Sallyport.Declarations;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>
/// The estate that resources of Terraform describe, whether code, a plan or a state told of them. An argument that is absent is
/// taken as not given; one that is unknown must be there as <see cref="HclUnknown"/>, else the group would pass for wholly known.
/// </summary>
internal sealed class TerraformEstate
{
    private readonly TerraformIndex _index;
    private readonly EstateBuilder _into;
    private readonly FileDiagnostics _said;
    private readonly Dictionary<SecurityGroupId, DeclaredGroup> _groups = [];

    private TerraformEstate(ImmutableArray<TerraformResource> resources, EstateFile file, EstateBuilder into, FileDiagnostics said)
    {
        _index = new TerraformIndex(resources, file);
        (_into, _said) = (into, said);
    }

    /// <summary>Adds the resources of one unit (a root module with all it calls, one side of a plan, a state) to an estate.</summary>
    /// <param name="resources">Every managed resource; types that Sallyport does not know are passed over.</param>
    /// <param name="file">Where they come from: for symbolic ids, and for what says neither account nor Region.</param>
    /// <param name="into">The estate.</param>
    /// <param name="said">Takes what there is to say about them.</param>
    public static void Add(IEnumerable<TerraformResource> resources, EstateFile file, EstateBuilder into, FileDiagnostics said) =>
        new TerraformEstate([.. resources], file, into, said).Add();

    private void Add()
    {
        foreach (var resource in _index.All)
        {
            if (resource.Type is "aws_security_group" or "aws_default_security_group") Declare(resource);
        }

        var rules = new TerraformRules(_index, _said);
        foreach (var resource in _index.All) AddRules(resource, rules);
        foreach (var group in _groups.Values) group.AddTo(_into);
        new TerraformNetworks(_index, _into, _said).Add();
        new TerraformAttachments(_index, _into).Add();
    }

    private void Declare(TerraformResource resource)
    {
        var isDefault = resource.Type == "aws_default_security_group";
        var fields = new TerraformFields(resource.Values);
        var group = GroupOf(new SecurityGroupId(_index.IdOf(resource)), resource);
        group.Name = isDefault ? "default" : fields.Text("name") ?? TerraformReference.NameOf(resource.Address);
        group.UnknownName = isDefault ? null : (fields["name"] as HclUnknown)?.Why;
        group.UnknownDescription = (fields["description"] as HclUnknown)?.Why;
        group.Description = group.UnknownDescription is not null ? string.Empty : fields.Text("description") ?? (isDefault ? "default VPC security group" : "Managed by Terraform");
        group.Vpc = _index.IdOf(resource["vpc_id"]) is { } vpc ? new VpcId(vpc) : null;
        group.Tags = TerraformIndex.TagsOf(resource);
        group.At = resource.At;
        group.IsDeclared = true;
        group.Code = new GroupCode(CodeLanguage.Terraform, resource.Address) { HasName = isDefault || fields.Text("name") is not null };
        if (resource.Doubt is { } doubt) group.Doubt($"Whether, or how often, {resource.Named} exists is not known: {doubt}.");
    }

    private void AddRules(TerraformResource resource, TerraformRules rules)
    {
        switch (resource.Type)
        {
            case "aws_security_group" or "aws_default_security_group":
                var own = _groups[new SecurityGroupId(_index.IdOf(resource))];
                foreach (var direction in (ReadOnlySpan<Direction>)[Direction.Ingress, Direction.Egress])
                {
                    // Plans and states list under a group what rules apart gave it.
                    if (rules.AddOwn(resource, own, direction)) own.OwnRules ??= TerraformIndex.PlaceOf(resource, direction == Direction.Ingress ? "ingress" : "egress", 0);
                }

                break;
            case "aws_security_group_rule" or "aws_vpc_security_group_ingress_rule" or "aws_vpc_security_group_egress_rule":
                if (resource["security_group_id"] is { } named && _index.GroupOf(named) is { } target)
                {
                    var group = GroupOf(target.Group, resource);
                    group.RulesApart ??= resource.At;
                    rules.AddApart(resource, group);
                }
                else
                {
                    // It may be a rule of any group.
                    var why = resource["security_group_id"] is HclUnknown unknown ? unknown.Why : "it names no group";
                    _into.Add(new EstateGap(GapKind.Rules, string.Empty, $"Which group {resource.Named} belongs to is not known: {why}.") { IsLeftOpen = resource["security_group_id"] is HclUnknown });
                }

                break;
        }
    }

    private DeclaredGroup GroupOf(SecurityGroupId id, TerraformResource named)
    {
        if (_groups.TryGetValue(id, out var group)) return group;
        group = new DeclaredGroup(id, _index.ScopeOf(named)) { Name = TerraformReference.NameOf(id.Value), NamedAt = named.IsOfCode ? named.At : null };
        _groups.Add(id, group);
        return group;
    }
}
