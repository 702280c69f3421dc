namespace Petrel.Api.Schema;

/// <summary>What one value of a field is, apart from being in a list or a map.</summary>
public enum FieldKind
{
    String,
    Boolean,
    Int32,
    Int64,
    Double,
    /// <summary>Base64 text in JSON.</summary>
    Bytes,
    /// <summary>metav1.Time: RFC 3339, whole seconds.</summary>
    Time,
    /// <summary>metav1.MicroTime: RFC 3339 with six fraction digits.</summary>
    MicroTime,
    Quantity,
    IntOrString,
    /// <summary>Any JSON value (RawExtension, FieldsV1, apiextensions JSON).</summary>
    Raw,
    /// <summary>Another API type.</summary>
    Object,
}
