namespace Petrel.Cel.Values;

/// <summary>A value of a library's own type; only functions look inside.</summary>
public abstract class CelOpaque : CelValue;
