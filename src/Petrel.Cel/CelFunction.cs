namespace Petrel.Cel;

/// <summary>A function or method with all the ways to call it. Overloads of one name from several libraries add up.</summary>
public sealed record CelFunction(string Name, params IReadOnlyList<CelOverload> Overloads);
