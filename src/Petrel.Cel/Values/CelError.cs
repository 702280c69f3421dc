using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>What went wrong. Errors are values: || and &amp;&amp; absorb one when the other side decides, all else passes them on.</summary>
public sealed class CelError : CelValue
{
    private CelError(string message) => Message = message;

    public string Message { get; }

    public override CelType Type => CelType.Error;

    public static CelError Because(string message) => new(message);

    public override bool EqualTo(CelValue other) => false;

    internal static CelError NoSuchOverload { get; } = new("no such overload");

    internal static CelError NoSuchKey(CelValue key) => new("no such key: " + ValueText.Plain(key));

    internal static CelError NoSuchField(string name) => new("no such key: " + name);

    internal static CelError Conversion(CelValue value, CelType target) => new($"type conversion error from '{value.Type.Name}' to '{target.Name}'");

    internal static CelError IndexOutOfBounds(long index) => new(FormattableString.Invariant($"index out of bounds: {index}"));
}
