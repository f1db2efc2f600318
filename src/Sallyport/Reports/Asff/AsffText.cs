using Sallyport.Reports.Text;

namespace Sallyport.Reports.Asff;

/// <summary>A string of a finding: printable, not blank, within the length that Security Hub takes.</summary>
internal static class AsffText
{
    public static string Of(string text, int most)
    {
        var safe = CutText.Of(TerminalText.Escape(text), most);
        return string.IsNullOrWhiteSpace(safe) ? "-" : safe;
    }
}
