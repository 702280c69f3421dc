namespace Petrel.ApiServer.Admission;

/// <summary>An admission plugin that sees the object as it will be stored and may refuse it.</summary>
public interface IValidatingAdmission : IAdmissionPlugin
{
    /// <exception cref="Responses.StatusException">The write is refused.</exception>
    ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken);
}
