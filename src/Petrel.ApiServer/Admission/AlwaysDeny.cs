namespace Petrel.ApiServer.Admission;

/// <summary>Refuses every write; for tests of clients.</summary>
internal sealed class AlwaysDeny : IValidatingAdmission
{
    public string Name => "AlwaysDeny";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        throw request.Refusal("admission control is denying all modifications");
}
