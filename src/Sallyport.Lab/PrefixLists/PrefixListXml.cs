using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.PrefixLists;

/// <summary>Writes prefix lists; AWS-managed ones show neither version nor MaxEntries.</summary>
internal static class PrefixListXml
{
    public static void Write(ReplyWriter writer, PrefixListState state)
    {
        var list = state.List;
        writer.Text("prefixListId", list.Id.Value);
        writer.Text("addressFamily", list.Family == IpFamily.V4 ? "IPv4" : "IPv6");
        writer.Text("state", state.State);
        writer.Text("stateMessage", state.Message);
        writer.Text("prefixListArn", $"arn:aws:ec2:{list.Scope.Region}:{(list.IsAwsManaged ? "aws" : Owner(state))}:prefix-list/{list.Id}");
        writer.Text("prefixListName", list.Name);
        if (!list.IsAwsManaged)
        {
            writer.Number("maxEntries", list.MaxEntries);
            writer.Number("version", list.Version ?? 1);
        }

        writer.Text("ownerId", Owner(state));
        TagXml.Write(writer, list.Tags);
    }

    public static string Owner(PrefixListState state)
    {
        if (state.List.IsAwsManaged) return "AWS";
        return state.List.Owner.Length > 0 ? state.List.Owner : state.List.Scope.Account;
    }

    public static Reply One(PrefixListState state) => new(writer =>
    {
        writer.Open("prefixList");
        Write(writer, state);
        writer.Close("prefixList");
    });
}
