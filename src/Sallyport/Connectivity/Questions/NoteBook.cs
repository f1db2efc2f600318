using System.Collections.Immutable;
using Sallyport.Connectivity.Networks;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>Collects what was said about many paths: of one resource the first few sentences, and how many more there would have been.</summary>
internal sealed class NoteBook
{
    private const int MostOfOne = 3;

    private readonly Dictionary<(Layer Layer, string Resource, bool IsGap), SortedSet<string>> _notes = [];

    /// <summary>Takes the notes of one path that bear on the services; null for any.</summary>
    public void Add(ImmutableArray<PathNote> notes, ServiceSet? services)
    {
        foreach (var note in notes)
        {
            if (services is not null && !note.Stops.IsEmpty && !note.Stops.Overlaps(services)) continue;
            var key = (note.Layer, note.Resource, note.IsGap);
            if (!_notes.TryGetValue(key, out var texts)) _notes.Add(key, texts = new SortedSet<string>(StringComparer.Ordinal));
            texts.Add(note.Text);
        }
    }

    /// <summary>One sentence a resource, by layer and resource.</summary>
    public ImmutableArray<string> ToSentences() =>
    [
        .. _notes.OrderBy(n => n.Key.Layer).ThenBy(n => n.Key.Resource, StringComparer.Ordinal).ThenBy(n => n.Key.IsGap)
            .SelectMany(n => n.Value.Count <= MostOfOne ? n.Value : n.Value.Take(MostOfOne).Append($"{n.Value.Count - MostOfOne} more like these of {n.Key.Resource}.")),
    ];
}
