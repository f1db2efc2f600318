using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Templates.Terraform;

/// <summary>
/// <c>compile --to terraform-module</c>: pairs of rules as input of the module skwashd/mutual-security-groups/aws, version 2, called once
/// for each list of owners so that the ownership tag is right. What the module cannot say (a rule without its other half, address
/// blocks, prefix lists, pairs across accounts) is written as resources beside it.
/// </summary>
public sealed class MutualModuleWriter : IRulesWriter
{
    private const string Source = "skwashd/mutual-security-groups/aws";

    /// <inheritdoc/>
    public string Name => "terraform-module";

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Write(DesiredRules rules, Estate? estate, Stream output)
    {
        var written = WrittenRules.Of(rules, estate);
        var document = new TerraformDocument(written);
        var pairs = PairsOf(written);
        document.WriteHead("Written by sallyport compile --to terraform-module: change the connections file, not this one.");
        document.WriteNeeds();
        var places = written.Places;
        foreach (var (scope, all) in places)
        {
            ImmutableArray<(WrittenRule Egress, WrittenRule Ingress)> here = [.. all.Where(pairs.ContainsKey).Select(e => (e, pairs[e]))];
            if (!here.IsEmpty) WriteModule(document, here, places.Length < 2 ? null : scope);
        }

        var paired = pairs.SelectMany(p => new[] { p.Key, p.Value }).ToHashSet();
        document.WriteRules(written.All.Where(r => !paired.Contains(r)));
        output.Write(Encoding.UTF8.GetBytes(document.Text.ToString()));
        return [.. CodeSurvey.Of(rules, estate), .. written.All.IsEmpty ? [TemplatesDiagnostics.NothingToWrite()] : Array.Empty<Diagnostic>()];
    }

    /// <summary>Egress rules with their other half: same service, same owners, same account and Region.</summary>
    private static Dictionary<WrittenRule, WrittenRule> PairsOf(WrittenRules written)
    {
        var ingress = written.All.Where(r => r.Key is { Direction: Direction.Ingress, Peer: GroupPeer })
            .ToDictionary(r => (((GroupPeer)r.Key.Peer).Group, r.Rule.Group, r.Key.Service));
        var pairs = new Dictionary<WrittenRule, WrittenRule>();
        foreach (var egress in written.All.Where(r => r.Key is { Direction: Direction.Egress, Peer: GroupPeer }))
        {
            if (egress.PeerAccount is null && egress.Owners.Length > 0 && egress.Rule.Description.Length > 0
                && ingress.TryGetValue((egress.Rule.Group, ((GroupPeer)egress.Key.Peer).Group, egress.Key.Service), out var other)
                && other.Owners == egress.Owners && other.Scope == egress.Scope && other.Name == egress.Name && other.Rule.Description.Length > 0)
            {
                pairs.Add(egress, other);
            }
        }

        return pairs;
    }

    private static void WriteModule(TerraformDocument document, ImmutableArray<(WrittenRule Egress, WrittenRule Ingress)> pairs, Scope? place)
    {
        var suffix = place is { } scope ? "_" + TerraformDocument.PlaceOf(scope) : string.Empty;
        var text = document.Text;
        text.Gap().Open("locals").Open($"connections{suffix} =");
        var owned = pairs.GroupBy(p => p.Egress.Owners).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        foreach (var owner in owned)
        {
            text.Open($"{TerraformLines.Quote(owner.Key)} =");
            foreach (var (egress, ingress) in owner) text.Open($"{TerraformLines.Quote(egress.Name)} =").Attributes([.. ValuesOf(document.Names, egress, ingress)]).Close();
            text.Close();
        }

        text.Close().Close();
        text.Gap().Open($"module \"connections{suffix}\"")
            .Attributes(("source", $"\"{Source}\""), ("version", "\">= 2.0.0, < 3.0.0\""), ("for_each", $"local.connections{suffix}"));
        if (place is { } there) text.Gap().Open("providers =").Attributes(("aws", TerraformDocument.ProviderOf(there))).Close();
        text.Gap().Attributes(("rules", "each.value"))
            .Gap().Open("tags =").Attributes(($"\"{OwnershipTag.Key}\"", "each.key")).Close()
            .Close();
        foreach (var rule in owned.SelectMany(o => o).SelectMany(p => new[] { p.Ingress, p.Egress }).Where(r => r.Existing is not null))
        {
            document.WriteImport(
                $"module.connections{suffix}[{TerraformLines.Quote(rule.Owners)}].{TerraformDocument.TypeOf(rule.Key.Direction)}.this[{TerraformLines.Quote(rule.Name)}]", rule.Existing!.Value);
        }
    }

    private static IEnumerable<(string Name, string Value)> ValuesOf(TerraformNames names, WrittenRule egress, WrittenRule ingress)
    {
        var service = egress.Key.Service;
        yield return ("source_sg_id", names.Of(egress.Rule.Group, null));
        yield return ("target_sg_id", names.Of(ingress.Rule.Group, null));

        // The module wants a number here; EC2 takes and gives -1 where there are no ports.
        yield return ("from_port", service.From.ToString(CultureInfo.InvariantCulture));
        if (service.To != service.From) yield return ("to_port", service.To.ToString(CultureInfo.InvariantCulture));
        if (service.Protocol.WireName != "tcp") yield return ("protocol", TerraformLines.Quote(service.Protocol.WireName));
        if (egress.Rule.Description == ingress.Rule.Description)
        {
            yield return ("description", TerraformLines.Quote(egress.Rule.Description));
        }
        else
        {
            yield return ("description_source", TerraformLines.Quote(ingress.Rule.Description));
            yield return ("description_target", TerraformLines.Quote(egress.Rule.Description));
        }
    }
}
