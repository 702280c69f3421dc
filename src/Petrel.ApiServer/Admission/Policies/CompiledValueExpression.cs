using Petrel.Cel;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>The expression of an audit annotation.</summary>
/// <param name="Program">Null when it does not compile.</param>
internal sealed record CompiledValueExpression(string Expression, CelProgram? Program, string Error);
