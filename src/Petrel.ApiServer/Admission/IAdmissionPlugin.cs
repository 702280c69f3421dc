namespace Petrel.ApiServer.Admission;

/// <summary>What looks at writes before they are stored; see <see cref="IMutatingAdmission"/> and <see cref="IValidatingAdmission"/>.</summary>
public interface IAdmissionPlugin
{
    /// <summary>Name under which the plugin is switched on and off (--enable-admission-plugins).</summary>
    string Name { get; }
}
