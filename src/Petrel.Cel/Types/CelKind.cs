namespace Petrel.Cel.Types;

/// <summary>What sort of type a <see cref="CelType"/> is.</summary>
public enum CelKind
{
    /// <summary>Known only when evaluated.</summary>
    Dyn,

    /// <summary>Of an expression that does not check; it goes with everything, so that one mistake is told once.</summary>
    Error,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Timestamp,
    Duration,

    /// <summary>A type as a value.</summary>
    Type,
    List,
    Map,

    /// <summary>A message: named fields of known types.</summary>
    Object,

    /// <summary>A type of a library, e.g. optional_type or kubernetes.URL.</summary>
    Opaque,

    /// <summary>A type that a call decides, e.g. T of <c>list(T)</c>.</summary>
    Parameter,
}
