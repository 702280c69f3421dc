namespace Petrel.ApiServer.Admission;

/// <summary>A plugin as it is declared.</summary>
/// <param name="IsDefault">It runs unless it is switched off.</param>
internal sealed record AdmissionPluginEntry(string Name, bool IsDefault, Func<AdmissionServices, IAdmissionPlugin> Make);
