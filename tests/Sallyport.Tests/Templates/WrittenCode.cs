using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sallyport.CloudFormation;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Packets;
using Sallyport.Templates;
using Sallyport.Terraform;
using YamlDotNet.RepresentationModel;

namespace Sallyport.Tests.Templates;

/// <summary>What written code means, read back: one line a rule, so that languages and declarations can be compared.</summary>
internal static class WrittenCode
{
    /// <summary>The text of a language; nothing may be wrong.</summary>
    public static string Of(IRulesWriter writer, DesiredRules rules, Estate? estate)
    {
        using var stream = new MemoryStream();
        var said = writer.Write(rules, estate, stream);
        Assert.DoesNotContain(said, d => d.Severity == Severity.Error);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The text of a language by its name.</summary>
    public static string Of(string language, DesiredRules rules, Estate? estate = null) => Of(RulesFormats.Find(language)!, rules, estate);

    /// <summary>What is declared.</summary>
    public static ImmutableArray<string> Lines(DesiredRules rules, bool withOwners = true) =>
        [.. rules.Rules.Select(r => Line(r.Group, r.Key, r.Description, withOwners && !r.Origins.IsEmpty ? OwnershipTag.Of(r.Origins).Value : string.Empty)).Order(StringComparer.Ordinal)];

    /// <summary>What our own reader makes of Terraform; <paramref name="ids"/> are values of the variable, by name.</summary>
    public static ImmutableArray<string> LinesOfTerraform(string code, IReadOnlyDictionary<string, string>? ids = null)
    {
        var builder = new EstateBuilder();
        var values = ids is null ? string.Empty : $"security_group_ids = {{\n{string.Concat(ids.Select(i => $"  {Sallyport.Templates.Terraform.TerraformLines.Quote(i.Key)} = \"{i.Value}\"\n"))}}}\n";
        var files = new TerraformCode(folder => folder == "." ? [new TerraformText("main.tf", code), new TerraformText("terraform.tfvars", values)] : []);
        var said = files.Read(".", new EstateFile("."), builder);
        Assert.DoesNotContain(said, d => d.Severity == Severity.Error);
        var names = ids?.ToDictionary(i => i.Value, i => i.Key) ?? [];
        return
        [
            .. builder.Build().SecurityGroups.SelectMany(g => g.Rules.Select(r => Line(
                Named(g.Id), r.Key with { Peer = r.Key.Peer switch { GroupPeer p => new GroupPeer(Named(p.Group)), PrefixListPeer p => Listed(p), var other => other } }, r.Description, r.Tags?[OwnershipTag.Key] ?? string.Empty)))
                .Order(StringComparer.Ordinal),
        ];

        SecurityGroupId Named(SecurityGroupId id) => names.TryGetValue(id.Value, out var name) ? new(name) : id;

        static PrefixListPeer Listed(PrefixListPeer peer)
        {
            const string Start = "data.aws_ec2_managed_prefix_list.connections[\"";
            var id = peer.PrefixList.Value;
            return id.StartsWith(Start, StringComparison.Ordinal) ? new(new PrefixListId(id[Start.Length..id.IndexOf("\"]", StringComparison.Ordinal)])) : peer;
        }
    }

    /// <summary>What our own reader makes of a template.</summary>
    public static ImmutableArray<string> LinesOfCloudFormation(string text, Scope? place = null)
    {
        var builder = new EstateBuilder();
        var said = new FileDiagnostics();
        var file = new EstateFile("template");
        if (place is var (account, region)) file = file with { Parameters = file.Parameters.Add("AWS::AccountId", account).Add("AWS::Region", region) };
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        new CloudFormationFormat().Read(stream, file, builder, said, CancellationToken.None);
        Assert.False(said.HasErrors);
        return [.. builder.Build().SecurityGroups.SelectMany(g => g.Rules.Select(r => Line(g.Id, r.Key, r.Description, string.Empty))).Order(StringComparer.Ordinal)];
    }

    /// <summary>What a plain reading of a template gives, JSON being YAML too; parameters stand for what their descriptions say.</summary>
    public static ImmutableArray<string> LinesOfTemplate(string text)
    {
        var root = Load(text);
        var parameters = root.Children.TryGetValue("Parameters", out var declared)
            ? ((YamlMappingNode)declared).Children.ToDictionary(p => Text(p.Key), p => Text(((YamlMappingNode)p.Value).Children["Description"]).Split(' ', 6)[^1].Replace(" of another account", "", StringComparison.Ordinal))
            : [];
        var lines = new List<string>();
        foreach (var (id, node) in ((YamlMappingNode)root.Children["Resources"]).Children)
        {
            Assert.Matches("^[A-Za-z0-9]{1,255}$", Text(id));
            var resource = (YamlMappingNode)node;
            var direction = Text(resource.Children["Type"]) switch
            {
                "AWS::EC2::SecurityGroupIngress" => Direction.Ingress,
                "AWS::EC2::SecurityGroupEgress" => Direction.Egress,
                var other => throw new InvalidOperationException(other),
            };
            var properties = ((YamlMappingNode)resource.Children["Properties"]).Children.ToDictionary(p => Text(p.Key), p => p.Value);
            var isIngress = direction == Direction.Ingress;
            Peer peer = properties.TryGetValue("CidrIp", out var v4) ? new CidrPeer(Cidr.Parse(Text(v4)))
                : properties.TryGetValue("CidrIpv6", out var v6) ? new CidrPeer(Cidr.Parse(Text(v6)))
                : properties.TryGetValue(isIngress ? "SourcePrefixListId" : "DestinationPrefixListId", out var list) ? new PrefixListPeer(new(Value(list)))
                : new GroupPeer(new(Value(properties[isIngress ? "SourceSecurityGroupId" : "DestinationSecurityGroupId"])));
            Assert.True(Protocol.TryParse(Text(properties["IpProtocol"]), out var protocol));
            Assert.True(Service.TryCreate(protocol, Number("FromPort"), Number("ToPort"), out var service, out _));
            var owners = resource.Children.TryGetValue("Metadata", out var metadata) ? Text(((YamlMappingNode)metadata).Children[OwnershipTag.Key]) : string.Empty;
            lines.Add(Line(new(Value(properties["GroupId"])), new RuleKey(direction, service, peer), properties.TryGetValue("Description", out var said) ? Text(said) : string.Empty, owners));

            int? Number(string name) => properties.TryGetValue(name, out var number) ? int.Parse(Text(number), CultureInfo.InvariantCulture) : null;
        }

        return [.. lines.Order(StringComparer.Ordinal)];

        string Value(YamlNode node) => node switch
        {
            YamlMappingNode map => parameters[Text(map.Children["Ref"])],
            YamlScalarNode { Tag.IsEmpty: false } scalar when scalar.Tag.Value == "!Ref" => parameters[scalar.Value!],
            _ => Text(node),
        };
    }

    /// <summary>The only document of a YAML or JSON text.</summary>
    public static YamlMappingNode Load(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return (YamlMappingNode)Assert.Single(yaml.Documents).RootNode;
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static string Line(SecurityGroupId group, RuleKey key, string description, string owners) => $"{group} {key} | {description} | {owners}";
}
