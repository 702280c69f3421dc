namespace Petrel.ApiServer.Admission;

/// <summary>An admission plugin that may change the object before it is validated.</summary>
public interface IMutatingAdmission
{
    /// <summary>Name under which the plugin is switched on and off (--enable-admission-plugins).</summary>
    string Name { get; }

    /// <exception cref="Responses.StatusException">The write is refused.</exception>
    ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken);
}
