using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Terraform;

namespace Sallyport.Tests.Terraform;

/// <summary>Terraform files in memory, read as a folder source reads them.</summary>
internal sealed record CodeFolders(Estate Estate, ImmutableArray<Diagnostic> Said)
{
    /// <summary>Reads one root module of one file, <c>main.tf</c>.</summary>
    public static CodeFolders Read(string main) => Read(("main.tf", main));

    /// <summary>Reads files by path; every root module among them is a unit.</summary>
    public static CodeFolders Read(params (string Path, string Text)[] files)
    {
        var byFolder = files.ToLookup(f => Path.GetDirectoryName(f.Path) is { Length: > 0 } folder ? folder : ".");
        var code = new TerraformCode(folder => [.. byFolder[folder].OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => new TerraformText(f.Path, f.Text))]);
        var builder = new EstateBuilder();
        var roots = code.Roots(byFolder.Select(f => f.Key));
        var said = roots.SelectMany(r => code.Read(r, new EstateFile(r) { Unit = roots.Length > 1 ? r : string.Empty }, builder)).ToList();
        return new CodeFolders(builder.Build(), [.. said, .. code.TakeProblems()]);
    }

    /// <summary>The group of that id.</summary>
    public SecurityGroup Group(string id) => Estate.SecurityGroups.Single(g => g.Id.Value == id);

    /// <summary>The rules of a group, one a line: direction, service, peer.</summary>
    public string RulesOf(string id) => string.Join('\n', Group(id).Rules.Select(r => $"{(r.Direction == Direction.Ingress ? "in" : "out")} {r.Service} {r.Peer}"));

    /// <summary>The one interface of that id: type, groups, subnet, VPC.</summary>
    public string Nic(string id)
    {
        var nic = Estate.NetworkInterfaces.Single(n => n.Id.Value == id);
        return $"{nic.InterfaceType} [{string.Join(' ', nic.Groups)}] {nic.Subnet?.Value ?? "-"} {nic.Vpc?.Value ?? "-"}";
    }

    /// <summary>Gaps of a kind at a place, as sentences.</summary>
    public IEnumerable<string> Gaps(GapKind kind, string where) => Estate.Gaps.Where(g => g.What == kind && g.Where == where).Select(g => g.Why);

    /// <summary>Fails unless nothing was said and no rule is in doubt.</summary>
    public CodeFolders IsWhole()
    {
        Assert.Empty(Said);
        Assert.Empty(Estate.Gaps.Where(g => g.What is GapKind.Rules or GapKind.SecurityGroups || (g.What == GapKind.NetworkInterfaces && g.Where.Length > 0)));
        return this;
    }
}
