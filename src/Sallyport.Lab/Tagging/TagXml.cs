using Sallyport.Estates;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Tagging;

/// <summary>Writes the tags of a resource.</summary>
internal static class TagXml
{
    public static void Write(ReplyWriter writer, Tags tags) => writer.List("tagSet", tags.Pairs, pair =>
    {
        writer.Text("key", pair.Key);
        writer.Text("value", pair.Value);
    });
}
