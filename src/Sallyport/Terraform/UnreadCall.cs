using Sallyport.Diagnostics;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>A call of a module that could not be followed.</summary>
/// <param name="why">A clause.</param>
/// <param name="at">Where the call stands.</param>
internal sealed class UnreadCall(string why, SourceSpan at)
{
    private const int MostReferences = 10_000;
    private const int Deepest = 32;

    private readonly SortedSet<string> _given = new(StringComparer.Ordinal);

    /// <summary>Why it could not be followed: a clause.</summary>
    public string Why => why;

    /// <summary>Where the call stands.</summary>
    public SourceSpan At => at;

    /// <summary>References that it was given, in order.</summary>
    public IReadOnlyCollection<string> Given => _given;

    /// <summary>Notes what a value refers to.</summary>
    public void NoteGiven(HclValue value) => Note(value, 0);

    private void Note(HclValue value, int depth)
    {
        if (depth > Deepest || _given.Count >= MostReferences) return;
        switch (value)
        {
            case HclUnknown { Reference: { } reference }: _given.Add(reference); break;
            case HclResourceValue resource: _given.Add(resource.Address); break;
            case HclString { Value: var text } when text.StartsWith("sg-", StringComparison.Ordinal): _given.Add(text); break;
            case HclList list:
                foreach (var item in list.Items) Note(item, depth + 1);
                break;
            case HclMap map:
                foreach (var item in map.Items.Values) Note(item, depth + 1);
                break;
        }
    }
}
