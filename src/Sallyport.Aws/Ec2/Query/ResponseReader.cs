using System.Globalization;
using System.Xml;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2.Query;

/// <summary>
/// Walks an answer forward, once, by local names only. Elements nobody asks for are skipped. What cannot be read throws
/// <see cref="XmlException"/>: an answer is taken whole or not at all.
/// </summary>
internal sealed class ResponseReader : IDisposable
{
    /// <summary>Deepest element taken; EC2's own answers stay under 12.</summary>
    private const int MaxDepth = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CheckCharacters = true,
        CloseInput = false,
        MaxCharactersInDocument = 256L * 1024 * 1024,
    };

    private readonly XmlReader _xml;
    private bool _consumed;

    public ResponseReader(Stream stream) => _xml = XmlReader.Create(stream, Settings);

    /// <summary>The root's <c>requestId</c>, which <see cref="Children"/> never hands out; null until it was passed.</summary>
    public string? RequestId { get; private set; }

    /// <summary>Moves to the root and gives its name.</summary>
    public string Root()
    {
        _xml.MoveToContent();
        return _xml.NodeType == XmlNodeType.Element ? _xml.LocalName : throw new XmlException("There is no element.");
    }

    /// <summary>
    /// The names of the children of the current element, each while it is current: read it with <see cref="Text"/>, walk it with
    /// another <see cref="Children"/>, or leave it to be skipped. The walk must run to its end.
    /// </summary>
    public IEnumerable<string> Children()
    {
        var depth = _xml.Depth;
        if (depth > MaxDepth) throw new XmlException("The elements are nested too deep.");
        if (_xml.IsEmptyElement)
        {
            _xml.Read();
            _consumed = true;
            yield break;
        }

        _xml.Read();
        while (_xml.NodeType != XmlNodeType.EndElement)
        {
            if (_xml.NodeType == XmlNodeType.Element)
            {
                if (depth == 0 && _xml.LocalName == "requestId")
                {
                    RequestId = OptionalText();
                    continue;
                }

                _consumed = false;
                yield return _xml.LocalName;
                if (!_consumed) Skip();
            }
            else if (!_xml.Read())
            {
                throw new XmlException("The document ends inside an element.");
            }
        }

        _xml.Read();
        _consumed = true;
    }

    /// <summary>The current element as a list: one value an <c>item</c>; nulls are left out.</summary>
    public List<T> List<T>(Func<T?> item)
        where T : class
    {
        var list = new List<T>();
        foreach (var _ in Children())
        {
            if (item() is { } value) list.Add(value);
        }

        return list;
    }

    /// <summary>The current element as a list of strings, empty ones left out.</summary>
    public List<string> TextList() => List(() => Text() is { Length: > 0 } text ? text : null);

    /// <summary>The current element's text, trimmed.</summary>
    public string Text()
    {
        _consumed = true;
        return _xml.ReadElementContentAsString().Trim();
    }

    /// <summary>The current element's text; null when it is empty.</summary>
    public string? OptionalText() => Text() is { Length: > 0 } text ? text : null;

    /// <summary>The current element as a whole number.</summary>
    public int Int() => int.TryParse(Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new XmlException("A number is not a number.");

    /// <summary>The current element as a long whole number.</summary>
    public long Long() => long.TryParse(Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new XmlException("A number is not a number.");

    /// <summary>The current element as a truth value.</summary>
    public bool Bool() => Text() switch
    {
        "true" or "True" or "1" => true,
        "false" or "False" or "0" or "" => false,
        _ => throw new XmlException("A truth value is neither true nor false."),
    };

    /// <summary>The current element as a <c>tagSet</c>.</summary>
    public Tags Tags()
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var _ in Children())
        {
            var (key, value) = (string.Empty, string.Empty);
            foreach (var name in Children())
            {
                if (name == "key") key = Text();
                else if (name == "value") value = Text();
            }

            pairs.Add(new(key, value));
        }

        return Estates.Tags.Of(pairs);
    }

    public void Dispose() => _xml.Dispose();

    private void Skip()
    {
        var depth = _xml.Depth;
        if (!_xml.IsEmptyElement)
        {
            do
            {
                if (!_xml.Read()) throw new XmlException("The document ends inside an element.");
                if (_xml.Depth > MaxDepth) throw new XmlException("The elements are nested too deep.");
            }
            while (_xml.Depth > depth || _xml.NodeType != XmlNodeType.EndElement);
        }

        _xml.Read();
        _consumed = true;
    }
}
