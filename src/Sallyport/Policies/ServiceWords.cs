using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>Services in a sentence: a handful, then how many more.</summary>
internal static class ServiceWords
{
    private const int Most = 5;

    public static string Of(ServiceSet services)
    {
        var list = services.ToServices();
        return string.Join(", ", list.Take(Most)) + (list.Length > Most ? $" and {list.Length - Most} more" : string.Empty);
    }
}
