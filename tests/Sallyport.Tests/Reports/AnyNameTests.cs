using System.Text.Json;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Reports;

namespace Sallyport.Tests.Reports;

public sealed class AnyNameTests
{
    // Characters that mean something to some format, and all others.
    private static readonly Gen<string> Names = Gen.ArrayOf(Gen.OneOf(
        Gen.Elements([.. "`|*_[]()<>#@!&%:;,=+-'\"\\{}$~ \n\r\t\0\u001b\u009b\u202E\u2028\uD800\uDC00\uFFFE\uFEFF"]),
        Gen.Choose(0, 0xFFFF).Select(c => (char)c),
        Gen.Choose('a', 'z').Select(c => (char)c))).Select(c => new string(c));

    [Fact]
    public void Whatever_a_name_is_every_format_stays_well_formed_and_printable() => Prop.ForAll(Names.ToArbitrary(), name =>
    {
        var report = FixedReport.OfNames([name, "x" + name]);
        foreach (var format in ReportFormats.All)
        {
            var text = ReportText.Of(format.Name, report);
            foreach (var rune in text.EnumerateRunes())
            {
                if (rune.Value != '\n' && HostileNames.IsHostile(rune)) Assert.Fail($"{format.Name}: U+{rune.Value:X4} got through");
            }

            switch (format.Name)
            {
                case "json" or "sarif" or "asff":
                    JsonDocument.Parse(text).Dispose();
                    break;
                case "jsonl" or "ocsf":
                    foreach (var line in text.TrimEnd('\n').Split('\n')) JsonDocument.Parse(line).Dispose();
                    break;
                case "junit":
                    Assert.Equal("testsuites", XDocument.Parse(text).Root!.Name.LocalName);
                    break;
                case "csv":
                    // No line breaks in cells: every line is a row, and its quotes pair up.
                    Assert.All(text.TrimEnd('\n').Split('\n'), row => Assert.Equal(0, row.Count(c => c == '"') % 2));
                    break;
                case "github":
                    Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("::", line, StringComparison.Ordinal));
                    break;
            }
        }
    }).QuickCheckThrowOnFailure();
}
