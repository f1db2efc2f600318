using System.Xml.Linq;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>An answer of the lab, without namespaces.</summary>
internal sealed record LabAnswer(int Status, XElement Document)
{
    /// <summary>The error code; null for a success.</summary>
    public string? Code => Document.Descendants("Code").FirstOrDefault()?.Value;

    public string? Message => Document.Descendants("Message").FirstOrDefault()?.Value;
}
