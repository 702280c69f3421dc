using Petrel.Api.AdmissionRegistration;
using Petrel.Cel;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>A condition that requests must meet.</summary>
/// <param name="Program">Null when it does not compile.</param>
/// <param name="Message">What gives the message; null when there is none, or it does not compile.</param>
internal sealed record CompiledValidation(Validation Declared, CelProgram? Program, string Error, CelProgram? Message);
