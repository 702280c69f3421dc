namespace Petrel.Api.Json;

/// <summary>
/// What was wrong with a decoded body: the first value of a wrong type (decoding then fails, after the whole body was read)
/// and the unknown and duplicate fields that strict field validation refuses or warns about.
/// </summary>
public sealed class DecodeProblems
{
    /// <summary>Problems kept per body; upstream keeps all, a hostile body must not cost memory here.</summary>
    public const int StrictProblemsMax = 100;

    private readonly List<string> _strict = [];

    /// <summary>The document stands for a decoded tree (the result of a strategic merge patch): type mismatches are worded as upstream's tree converter does.</summary>
    public bool OfTree { get; init; }

    /// <summary>
    /// The document stands for a merged object (the result of an apply): a null where none may be was put there on purpose, or is what is
    /// left of an object whose fields are all gone, and is told as a mistake instead of being dropped.
    /// </summary>
    public bool KeepsNulls { get; init; }

    /// <summary>
    /// The object came from a server and goes into a client's cache: unknown and duplicate fields are not noted, and <c>metadata.managedFields</c>,
    /// often half of an object, is not read. An object without them can be sent back: the server then keeps those it has.
    /// </summary>
    public bool IsForCache { get; init; }

    /// <summary>The first type mismatch in Go's words, e.g. <c>json: cannot unmarshal string into Go struct field …</c>.</summary>
    public string? TypeError { get; private set; }

    /// <summary><c>unknown field "spec.foo"</c> and <c>duplicate field "metadata.name"</c>, in the order of upstream's messages.</summary>
    public IReadOnlyList<string> Strict => _strict;

    internal void AddTypeError(string text) => TypeError ??= text;

    /// <summary>Notes a field that was given twice, found outside this decoder (patches).</summary>
    public void AddDuplicate(string path) => AddStrict("duplicate field " + Validation.FieldErrors.Quote(path));

    internal void AddStrict(string text)
    {
        if (!IsForCache && _strict.Count < StrictProblemsMax && !_strict.Contains(text))
        {
            _strict.Add(text);
        }
    }
}
