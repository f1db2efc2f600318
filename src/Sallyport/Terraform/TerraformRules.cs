using System.Collections.Immutable;
using Sallyport.Declarations;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Hcl.Values;
using Sallyport.Packets;

namespace Sallyport.Terraform;

/// <summary>
/// Rules in each of the three forms that the AWS provider has: blocks of a group, <c>aws_security_group_rule</c>, and
/// <c>aws_vpc_security_group_ingress_rule</c> with its twin. The forms differ in the names of their arguments only.
/// </summary>
internal sealed class TerraformRules(TerraformIndex index, FileDiagnostics said)
{
    private static readonly string[] GroupArguments = ["security_groups", "source_security_group_id", "referenced_security_group_id"];
    private static readonly string[] ListArguments = ["prefix_list_ids", "prefix_list_id"];
    private static readonly (string Name, IpFamily Family)[] BlockArguments =
        [("cidr_blocks", IpFamily.V4), ("cidr_ipv4", IpFamily.V4), ("ipv6_cidr_blocks", IpFamily.V6), ("cidr_ipv6", IpFamily.V6)];

    /// <summary>Adds the rules of a group's own blocks of one direction. True when it has any.</summary>
    public bool AddOwn(TerraformResource resource, DeclaredGroup group, Direction direction)
    {
        var name = direction == Direction.Ingress ? "ingress" : "egress";
        var fields = new TerraformFields(resource.Values);
        if (fields[name] is HclUnknown whole) fields.NoteUnknown(name, whole);
        else foreach (var (position, values) in fields.Blocks(name)) AddBlock(resource, values, position);
        if (fields.Unknown is { } why) group.Doubt($"The {name} blocks of {resource.Named} are not all known: {why}.");
        if (fields.Wrong is { } wrong) group.Doubt($"The {name} blocks of {resource.Named} cannot be understood: {wrong}.", isLeftOpen: false);
        return fields.Has(name);

        void AddBlock(TerraformResource of, HclMap values, int position)
        {
            var at = TerraformIndex.PlaceOf(of, name, position);
            Add(values, group, direction, at, $"An {name} block of {of.Address}{of.Place(at)}", null);
        }
    }

    /// <summary>Adds what a rule resource says to its group.</summary>
    public void AddApart(TerraformResource resource, DeclaredGroup group)
    {
        var fields = new TerraformFields(resource.Values);
        Direction? direction = resource.Type switch
        {
            "aws_vpc_security_group_ingress_rule" => Direction.Ingress,
            "aws_vpc_security_group_egress_rule" => Direction.Egress,
            _ => fields.Text("type") switch { "ingress" => Direction.Ingress, "egress" => Direction.Egress, _ => null },
        };
        if (resource.Doubt is { } doubt) group.Doubt($"Whether the group has the rule {resource.Named} is not known: {doubt}.");
        else if (direction is not { } known) group.Doubt($"{resource.Named} says neither ingress nor egress{(fields.Unknown is { } why ? $": {why}" : string.Empty)}.", isLeftOpen: fields.Unknown is not null);
        else Add(resource.Values, group, known, resource.At, resource.Named, resource.Type == "aws_security_group_rule" ? null : TerraformIndex.TagsOf(resource));
    }

    private void Add(HclMap values, DeclaredGroup group, Direction direction, SourceSpan? at, string what, Tags? tags)
    {
        var fields = new TerraformFields(values);
        var protocol = fields.Text("protocol") ?? fields.Text("ip_protocol");
        int? from = fields.Number("from_port"), to = fields.Number("to_port");
        if (fields.Unknown is { } why)
        {
            group.Doubt($"{what} is not wholly known: {why}.");
            return;
        }

        var slips = new List<string>();
        var problem = fields.Wrong;
        var peers = Peers(fields, group, at, slips, ref problem);
        var isKnown = fields.Unknown is null;
        if (!isKnown) group.Doubt($"The peers of {char.ToLowerInvariant(what[0])}{what[1..]} are not all known: {fields.Unknown}.");
        if (peers.IsEmpty && !isKnown) return;

        // Terraform writes "all" with ports 0 to 0, or with none.
        if (protocol is "-1" or "all" or "ALL")
        {
            if ((from ?? 0) is not (0 or -1) || (to ?? 0) is not (0 or -1)) slips.Add("with protocol -1 its ports say nothing");
            (from, to) = (null, null);
        }

        if (tags is not null && isKnown && peers.Length > 1) problem ??= $"it names {peers.Length} peers, and a resource of its type takes one";
        var id = fields["security_group_rule_id"] as HclString ?? fields["id"] as HclString;
        group.Add(
            new DeclaredPermission(direction, at)
            {
                Protocol = protocol,
                From = from,
                To = to,
                Peers = peers,
                Description = (fields["description"] as HclString)?.Value ?? string.Empty,
                UnknownDescription = (fields["description"] as HclUnknown)?.Why,
                Tags = tags,
                Id = peers.Length == 1 && id is { } known && known.Value.StartsWith("sgr-", StringComparison.Ordinal) ? new SecurityGroupRuleId(known.Value) : null,
                Slip = slips.FirstOrDefault(),
                Problem = problem ?? fields.Wrong,
            },
            said);
    }

    private ImmutableArray<Peer> Peers(TerraformFields fields, DeclaredGroup group, SourceSpan? at, List<string> slips, ref string? problem)
    {
        var peers = ImmutableArray.CreateBuilder<Peer>();
        foreach (var (name, family) in BlockArguments)
        {
            foreach (var text in fields.Texts(name))
            {
                var block = DeclaredBlock.Read(text, family, name, at, said);
                problem ??= block.Problem;
                if (block.Slip is { } slip) slips.Add(slip);
                if (block.Peer is { } peer) peers.Add(peer);
            }
        }

        foreach (var name in ListArguments)
        {
            foreach (var item in fields.Items(name))
            {
                if (index.IdOf(item) is { } list) peers.Add(new PrefixListPeer(new PrefixListId(list)));
                else fields.NoteUnknown(name, item as HclUnknown ?? new HclUnknown("it is no prefix list"));
            }
        }

        foreach (var name in GroupArguments)
        {
            foreach (var item in fields.Items(name))
            {
                if (index.GroupOf(item) is { } peer) peers.Add(peer);
                else fields.NoteUnknown(name, item as HclUnknown ?? new HclUnknown(item is HclString text ? $"\"{text.Value}\" is no group of this code" : "it is no group"));
            }
        }

        if (fields.Bool("self")) peers.Add(new GroupPeer(group.Id));
        return peers.Count < 2 ? peers.DrainToImmutable() : [.. peers.Distinct()];
    }
}
