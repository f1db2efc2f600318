using System.Globalization;
using System.Text;
using System.Xml;
using Sallyport.Auditing;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.JUnit;

/// <summary>JUnit's XML: findings fail, waived findings are skipped, what was not read or decided is an error, so that it cannot pass for green.</summary>
public sealed class JUnitReportWriter : IReportWriter
{
    /// <inheritdoc/>
    public void Write(AuditReport report, ReportOptions options, Stream output)
    {
        var suites = JUnitCases.Of(report).ToList();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", ToolIdentity.Name);
            WriteCounts(xml, [.. suites.SelectMany(s => s.Cases)]);
            foreach (var (name, cases) in suites) WriteSuite(xml, name, cases, options);
            xml.WriteEndElement();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteSuite(XmlWriter xml, string name, IReadOnlyList<JUnitCase> cases, ReportOptions options)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", name);
        WriteCounts(xml, cases);
        if (options.At is { } at) xml.WriteAttributeString("timestamp", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        foreach (var test in cases) WriteCase(xml, test);
        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<JUnitCase> cases)
    {
        Count("tests", cases.Count);
        Count("failures", cases.Count(c => c.Outcome == JUnitOutcome.Failed));
        Count("errors", cases.Count(c => c.Outcome == JUnitOutcome.Broken));
        Count("skipped", cases.Count(c => c.Outcome == JUnitOutcome.Skipped));
        xml.WriteAttributeString("time", "0");

        void Count(string name, int count) => xml.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteCase(XmlWriter xml, JUnitCase test)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", test.Class);
        Attribute(xml, "name", test.Name);
        xml.WriteAttributeString("time", "0");
        if (test.At is { } at)
        {
            Attribute(xml, "file", at.File);
            if (at.Line > 0) xml.WriteAttributeString("line", at.Line.ToString(CultureInfo.InvariantCulture));
        }

        if (test.Outcome != JUnitOutcome.Passed)
        {
            xml.WriteStartElement(test.Outcome switch { JUnitOutcome.Failed => "failure", JUnitOutcome.Broken => "error", _ => "skipped" });
            Attribute(xml, "message", test.Message);
            if (test.Outcome != JUnitOutcome.Skipped) Attribute(xml, "type", test.Type);
            if (test.Body.Length > 0) xml.WriteString(test.Body);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // XML 1.0 has no way at all to write most control characters: they are written out.
    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, TerminalText.Escape(value));
}
