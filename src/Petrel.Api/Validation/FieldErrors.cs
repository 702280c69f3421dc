using System.Globalization;
using System.Text;

namespace Petrel.Api.Validation;

/// <summary>
/// Collects every violated rule of an object, in upstream's order and words (apimachinery field.Error). Adding never throws.
/// </summary>
public sealed class FieldErrors
{
    private readonly List<FieldError> _errors = [];
    private readonly List<string> _warnings = [];

    public IReadOnlyList<FieldError> Errors => _errors;

    /// <summary>Violated rules that are forgiven: whoever asked is told, and keeps what was asked for.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    public int Count => _errors.Count;

    /// <summary>All errors in one text, each once.</summary>
    public string Aggregate()
    {
        var lines = _errors.Select(static error => error.ToString()).Distinct(StringComparer.Ordinal).ToList();
        return lines.Count == 1 ? lines[0] : "[" + string.Join(", ", lines) + "]";
    }

    public void Required(FieldPath path, string detail = "") =>
        _errors.Add(new FieldError("FieldValueRequired", path.ToString(), WithDetail("Required value", detail)));

    /// <param name="value">The offending value, printed as Go prints it: text quoted, numbers plain, null as <c>"null"</c>.</param>
    public void Invalid(FieldPath path, object? value, string detail) =>
        _errors.Add(new FieldError("FieldValueInvalid", path.ToString(), WithDetail("Invalid value: " + Print(value), detail)));

    /// <summary>An Invalid whose value is printed as given, without quotes.</summary>
    public void InvalidPlain(FieldPath path, string value, string detail) =>
        _errors.Add(new FieldError("FieldValueInvalid", path.ToString(), WithDetail("Invalid value: " + value, detail)));

    public void TypeInvalid(FieldPath path, object? value, string detail) =>
        _errors.Add(new FieldError("FieldValueTypeInvalid", path.ToString(), WithDetail("Invalid value: " + Print(value), detail)));

    public void Duplicate(FieldPath path, object? value, string detail = "") =>
        _errors.Add(new FieldError("FieldValueDuplicate", path.ToString(), WithDetail("Duplicate value: " + Print(value), detail)));

    public void Forbidden(FieldPath path, string detail) =>
        _errors.Add(new FieldError("FieldValueForbidden", path.ToString(), WithDetail("Forbidden", detail)));

    public void NotFound(FieldPath path, object? value) =>
        _errors.Add(new FieldError("FieldValueNotFound", path.ToString(), "Not found: " + Print(value)));

    /// <param name="supported">Printed in the order given.</param>
    public void NotSupported(FieldPath path, object? value, IEnumerable<string> supported)
    {
        var list = string.Join(", ", supported.Select(Quote));
        _errors.Add(new FieldError("FieldValueNotSupported", path.ToString(), WithDetail("Unsupported value: " + Print(value), list.Length == 0 ? "" : "supported values: " + list)));
    }

    public void TooLong(FieldPath path, int bytesMax) =>
        _errors.Add(new FieldError("FieldValueTooLong", path.ToString(), bytesMax >= 0
            ? string.Create(CultureInfo.InvariantCulture, $"Too long: may not be more than {bytesMax} bytes")
            : "Too long: value is too long"));

    public void TooMany(FieldPath path, int count, int max) =>
        _errors.Add(new FieldError("FieldValueTooMany", path.ToString(), string.Create(CultureInfo.InvariantCulture, $"Too many: {count}: must have at most {max} items")));

    public void Internal(FieldPath path, string detail) =>
        _errors.Add(new FieldError("InternalError", path.ToString(), "Internal error: " + detail));

    /// <summary>Adds to <see cref="Warnings"/>.</summary>
    public void Forgive(IEnumerable<string> found) => _warnings.AddRange(found);

    /// <summary>Adds what other rules found.</summary>
    public void Add(FieldErrors found) => _errors.AddRange(found._errors);

    /// <inheritdoc cref="Add(FieldErrors)"/>
    public void Add(IEnumerable<FieldError> found) => _errors.AddRange(found);

    /// <summary>Adds an Invalid for each message of a format check.</summary>
    public void InvalidAll(FieldPath path, object? value, IEnumerable<string> details)
    {
        foreach (var detail in details)
        {
            Invalid(path, value, detail);
        }
    }

    private static string WithDetail(string text, string detail) => detail.Length == 0 ? text : text + ": " + detail;

    private static string Print(object? value) => value switch
    {
        null => "\"null\"",
        Verbatim verbatim => verbatim.Text,
        string text => Quote(text),
        bool flag => flag ? "true" : "false",
        IFormattable whole and (int or long or double) => whole.ToString(null, CultureInfo.InvariantCulture),
        DateTimeOffset time => GoSyntax.Time(time).Text,
        IntOrString number => GoSyntax.IntOrString(number).Text,
        ApiList<string> list => GoSyntax.Strings(list).Text,
        _ => Quote(value.ToString() ?? ""),
    };

    /// <summary>Quotes as Go's %q does.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\a' => quoted.Append("\\a"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                '\v' => quoted.Append("\\v"),
                < 0x20 or 0x7F => quoted.Append("\\x").Append(rune.Value.ToString("x2", CultureInfo.InvariantCulture)),
                _ => quoted.Append(rune.ToString()),
            };
        }

        return quoted.Append('"').ToString();
    }
}
