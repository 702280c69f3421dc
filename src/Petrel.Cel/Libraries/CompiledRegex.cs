using System.Text.RegularExpressions;

namespace Petrel.Cel.Libraries;

/// <summary>A pattern that was read, or why it cannot be.</summary>
public sealed record CompiledRegex(Regex? Regex, string? Error);
