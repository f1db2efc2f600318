using System.Collections.Immutable;
using Sallyport.Connections.Reading;
using Sallyport.Packets;
using Sallyport.Yaml;

namespace Sallyport.Connections.Binding;

/// <summary>Binds <c>externals</c>.</summary>
internal sealed class ExternalBinder(BindingContext context)
{
    public ImmutableArray<ExternalDeclaration> Bind(Section file)
    {
        var result = ImmutableArray.CreateBuilder<ExternalDeclaration>();
        foreach (var (name, value) in file.Named("externals"))
        {
            if (Section.Open(value, ConnectionsKeys.External, context, name.At) is not { } section) continue;
            var external = BindExternal(name.Text, section);
            context.BoundExternals.TryAdd(external.Name, external);
            result.Add(external);
        }

        return result.DrainToImmutable();
    }

    private ExternalDeclaration BindExternal(string name, Section section)
    {
        var (cidrs, list) = (section["cidrs"], section["prefixList"]);
        if (cidrs is null == list is null) context.Report(ConnectionsDiagnostics.CidrsOrPrefixList(name, both: cidrs is not null, section.At));
        var isPublic = context.Flag(section["public"], "public");
        var blocks = new List<Cidr>();
        foreach (var text in context.Texts(cidrs, "cidrs"))
        {
            if (context.Block(text) is not { } block) continue;
            if (block.PrefixLength == 0 && !isPublic) context.Report(ConnectionsDiagnostics.NotPublic(name, block, text.At));
            blocks.Add(block);
        }

        if (cidrs is ListNode { Items.Length: 0 }) context.Report(ConnectionsDiagnostics.CidrsOrPrefixList(name, both: false, cidrs.At));
        var listText = section.Text("prefixList");
        if (listText is not null && (listText.Length > 255 || listText.Any(c => char.IsControl(c) || char.IsSurrogate(c))))
        {
            context.Report(YamlDiagnostics.BadValue(listText, "prefixList", "the id or name of a prefix list", null, list!.At));
        }

        return new ExternalDeclaration(name)
        {
            Cidrs = [.. blocks.Distinct()],
            PrefixList = listText,
            IsPublic = isPublic,
            Owner = section.Text("owner"),
            At = section.At,
        };
    }
}
