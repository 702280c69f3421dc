namespace Petrel.ApiServer.Admission;

/// <summary>An admission plugin that may change the object before it is validated.</summary>
public interface IMutatingAdmission : IAdmissionPlugin
{
    /// <exception cref="Responses.StatusException">The write is refused.</exception>
    ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken);
}
