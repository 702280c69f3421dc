namespace Petrel.ApiServer.Admission;

/// <summary>An admission plugin that sees the object as it will be stored and may refuse it.</summary>
public interface IValidatingAdmission
{
    /// <summary>Name under which the plugin is switched on and off (--enable-admission-plugins).</summary>
    string Name { get; }

    /// <exception cref="Responses.StatusException">The write is refused.</exception>
    ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken);
}
