using System.Globalization;

namespace Petrel.Api.Validation;

/// <summary>Path of a field inside an object, printed as in <c>spec.containers[0].ports[1].name</c> or <c>data[key]</c>.</summary>
public readonly struct FieldPath
{
    private readonly string? _text;

    private FieldPath(string text) => _text = text;

    /// <summary>The object itself.</summary>
    public static FieldPath Root => default;

    public FieldPath Child(string name) => new(string.IsNullOrEmpty(_text) ? name : _text + "." + name);

    public FieldPath Child(string name, string more) => Child(name).Child(more);

    public FieldPath Index(int index) => new((_text ?? "") + "[" + index.ToString(CultureInfo.InvariantCulture) + "]");

    public FieldPath Key(string key) => new((_text ?? "") + "[" + key + "]");

    public override string ToString() => _text ?? "";
}
