namespace Petrel.Api;

/// <summary>The family of suffixes a <see cref="Quantity"/> was written with and is written with again.</summary>
public enum QuantityFormat
{
    /// <summary>Powers of ten with a letter: <c>n u m k M G T P E</c>, or none.</summary>
    DecimalSI,

    /// <summary>Powers of 1024: <c>Ki Mi Gi Ti Pi Ei</c>.</summary>
    BinarySI,

    /// <summary>A decimal exponent: <c>e3</c>, <c>E-6</c>.</summary>
    DecimalExponent,
}
