namespace Petrel.Cel.Costs;

/// <summary>What a call costs beyond its arguments, and how large its result is where that is known.</summary>
public readonly record struct CallEstimate(Bounds Cost, Bounds? ResultSize = null);
