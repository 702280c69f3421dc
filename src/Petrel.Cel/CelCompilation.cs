namespace Petrel.Cel;

/// <summary>The outcome of compiling an expression.</summary>
/// <param name="Program">What can be evaluated; null when there are errors.</param>
/// <param name="Errors">All errors, each with its line and a mark under the place (<c>ERROR: &lt;input&gt;:1:5: …</c>); empty when there is none.</param>
public sealed record CelCompilation(CelProgram? Program, string Errors);
