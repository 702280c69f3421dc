namespace Petrel.Api.Generators;

/// <summary>A property marked [Field]: its attribute and what its C# type says.</summary>
internal sealed class FieldModel : IEquatable<FieldModel>
{
    /// <summary>Property name.</summary>
    public string Property = "";

    /// <summary>Property type as C# source, fully qualified.</summary>
    public string Type = "";

    /// <summary>Type of one value as C# source, without collection and nullability.</summary>
    public string ValueType = "";

    /// <summary>Codec type as C# source.</summary>
    public string Codec = "";

    /// <summary>Member of FieldKind.</summary>
    public string Kind = "";

    /// <summary>Member of Collection.</summary>
    public string Collection = "None";

    public bool Nullable;
    public bool IsValueType;
    public int Number;
    public string Json = "";
    public bool Required;
    public bool Always;
    public int Inside;
    public int InsideInner;

    /// <summary>The remaining initialisers of the FieldSchema, as C# source.</summary>
    public string Extras = "";

    public string Description = "";

    public bool Equals(FieldModel? other) =>
        other is not null && Property == other.Property && Type == other.Type && ValueType == other.ValueType && Codec == other.Codec && Kind == other.Kind
        && Collection == other.Collection && Nullable == other.Nullable && IsValueType == other.IsValueType && Number == other.Number && Json == other.Json
        && Required == other.Required && Always == other.Always && Inside == other.Inside && InsideInner == other.InsideInner && Extras == other.Extras && Description == other.Description;

    public override bool Equals(object? obj) => Equals(obj as FieldModel);

    public override int GetHashCode() => Property.GetHashCode();
}
