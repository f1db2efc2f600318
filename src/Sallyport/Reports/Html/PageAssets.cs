using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Reports.Html;

/// <summary>The page's style and script, and the policy that lets a browser run these two and nothing else.</summary>
internal static class PageAssets
{
    private static readonly Lazy<string> LazyStyle = new(() => Read("page.css"));
    private static readonly Lazy<string> LazyScript = new(() => Read("page.js"));

    public static string Style => LazyStyle.Value;

    public static string Script => LazyScript.Value;

    /// <summary>
    /// Nothing is fetched, nothing is sent, no form leaves and no script runs but ours: even if a name got through as markup, it
    /// would do nothing. The icon is a <c>data:</c> address in the page.
    /// </summary>
    public static string Policy =>
        $"default-src 'none'; style-src {Hash(Style)}; script-src {Hash(Script)}; img-src data:; base-uri 'none'; form-action 'none'";

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private static string Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"Sallyport.Reports.Html.{name}")
            ?? throw new InvalidOperationException($"The assembly lacks {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
